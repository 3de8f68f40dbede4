package dev.aegis.cli.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An element, with where it stands in the text: so that an edit leaves each other byte as it is. */
final class Xml {
    static final String COMMENT = "!--";

    private final String source;
    private final String tag;
    private final @Nullable Xml parent;
    private final List<Xml> children = new ArrayList<>();
    private final int from;
    private final int contentFrom;
    private int contentTo;
    private int to;

    private Xml(String source, String tag, @Nullable Xml parent, int from, int contentFrom) {
        this.source = source;
        this.tag = tag;
        this.parent = parent;
        this.from = from;
        this.contentFrom = contentFrom;
        this.contentTo = source.length();
        this.to = source.length();
    }

    /** The document, which has the root as its child. */
    static Xml parse(String source) {
        var document = new Xml(source, "", null, 0, 0);
        var at = document;
        var i = 0;
        while ((i = source.indexOf('<', i)) >= 0) {
            if (source.startsWith("<!--", i)) {
                var comment = new Xml(source, COMMENT, at, i, i);
                comment.end(source.indexOf("-->", i) + 3, source.indexOf("-->", i) + 3);
                at.children.add(comment);
                i = comment.to;
                continue;
            }
            var end = source.indexOf('>', i) + 1;
            if (source.startsWith("</", i)) {
                at.end(i, end);
                at = Objects.requireNonNull(at.parent);
            } else if (!source.startsWith("<?", i)) {
                var head = source.substring(i + 1, end - 1);
                var element = new Xml(source, head.split("[\\s/]", 2)[0], at, i, end);
                at.children.add(element);
                if (head.endsWith("/")) {
                    element.end(end, end);
                } else {
                    at = element;
                }
            }
            i = end;
        }
        return document;
    }

    private void end(int contentTo, int to) {
        this.contentTo = contentTo;
        this.to = to;
    }

    String tag() {
        return tag;
    }

    boolean is(String name) {
        return tag.equals(name);
    }

    Xml parent() {
        return Objects.requireNonNull(parent);
    }

    List<Xml> children() {
        return children;
    }

    Xml child(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("There is no <" + name + "> in <" + tag + ">"));
    }

    Optional<Xml> find(String name) {
        return children.stream().filter(child -> child.is(name)).findFirst();
    }

    String text(String name) {
        return find(name).map(Xml::text).orElse("");
    }

    String text() {
        return source.substring(contentFrom, contentTo).strip();
    }

    boolean inside(String name) {
        return parent != null && (parent.is(name) || parent.inside(name));
    }

    /** It and all below it. */
    Stream<Xml> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Xml::all));
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int contentFrom() {
        return contentFrom;
    }

    int contentTo() {
        return contentTo;
    }
}
