package dev.aegis.local;

/** Ends a command with a message for the user: one paragraph with what is wrong and what to do about it. */
final class CliException extends RuntimeException {
    private static final int WIDTH = 100;

    private final String paragraph;

    CliException(String paragraph) {
        super(paragraph);
        this.paragraph = paragraph;
    }

    /** The paragraph in lines of at most 100 characters. */
    String wrapped() {
        var text = new StringBuilder();
        var column = 0;
        for (var word : paragraph.split(" ", -1)) {
            if (column > 0 && column + word.length() + 1 > WIDTH) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }
}
