package dev.aegis.api.shield;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import dev.aegis.model.shield.Shield;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A valid name of a shield: 1 to 100 characters, at least one of them visible, none a control character. */
@Constraint(validatedBy = ShieldName.Validator.class)
@Target({FIELD, PARAMETER})
@Retention(RUNTIME)
public @interface ShieldName {

    String message() default "must have 1 to 100 characters, not all blank, and no control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Counts code points, as the database does, so that a hundred emoji fit. */
    final class Validator implements ConstraintValidator<ShieldName, String> {

        /** A joiner, Hangul fillers, Khmer vowels, Mongolian variation selectors, and the blank braille pattern. */
        private static final String IGNORABLE =
                "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0";

        @Override
        public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
            return name == null || isAllowed(name);
        }

        private static boolean isAllowed(String name) {
            return !name.codePoints().allMatch(Validator::isBlank)
                    && name.codePointCount(0, name.length()) <= Shield.MAX_NAME_LENGTH
                    && name.codePoints().noneMatch(Validator::isForbidden);
        }

        /** Invisible: a space of any kind, or a character that Unicode calls default-ignorable. */
        private static boolean isBlank(int character) {
            return Character.isWhitespace(character)
                    || Character.isSpaceChar(character)
                    || Character.getType(character) == Character.FORMAT
                    || isIgnorable(character);
        }

        private static boolean isIgnorable(int character) {
            return IGNORABLE.contains(Character.toString(character))
                    || (character >= 0xFE00 && character <= 0xFE0F) // variation selectors
                    || (character >= 0xE0000 && character <= 0xE0FFF); // tags and more variation selectors
        }

        /** PostgreSQL takes no NUL in text, and half a surrogate pair is no character. */
        private static boolean isForbidden(int character) {
            return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
        }
    }
}
