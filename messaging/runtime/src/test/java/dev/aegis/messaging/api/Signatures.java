package dev.aegis.messaging.api;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a caller can name of some packages, a line for each type and each member, in the order of the alphabet. */
final class Signatures {

    private static final int OF_TYPES = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.FINAL;
    private static final int OF_MEMBERS = OF_TYPES | Modifier.STATIC;

    private Signatures() {}

    /** The signatures of what was compiled to {@code classes}, in these packages alone: not in those below them. */
    static List<String> of(Path classes, List<String> packages) throws IOException {
        var types = Stream.<Class<?>>builder();
        for (var name : packages) {
            try (var files = Files.list(classes.resolve(name.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                        .forEach(file -> types.add(load(name + "." + file.substring(0, file.lastIndexOf('.')))));
            }
        }
        return types.build()
                .filter(Signatures::isReachable)
                .flatMap(Signatures::of)
                .sorted()
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Signatures.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReachable(Class<?> type) {
        var outer = type.getDeclaringClass();
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && isVisible(type.getModifiers())
                && (outer == null || isReachable(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    static Stream<String> of(Class<?> type) {
        var members = Stream.of(
                        Stream.of(type.getDeclaredConstructors())
                                .filter(Signatures::isApi)
                                .map(Signatures::describe),
                        Stream.of(type.getDeclaredMethods())
                                .filter(Signatures::isApi)
                                .map(Signatures::describe),
                        Stream.of(type.getDeclaredFields())
                                .filter(Signatures::isApi)
                                .map(Signatures::describe))
                .flatMap(described -> described)
                .map(member -> type.getName() + ": " + member);
        return Stream.concat(Stream.of(type.getName() + " = " + describe(type)), members);
    }

    private static boolean isApi(Member member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    private static String describe(Class<?> type) {
        var kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        var nested = Modifier.isStatic(type.getModifiers()) && type.isMemberClass() ? "static " : "";
        var parent = type.getGenericSuperclass();
        return Modifier.toString(type.getModifiers() & OF_TYPES) + " " + nested + kind
                + variables(type.getTypeParameters())
                + (parent == null || parent == Object.class ? "" : " extends " + parent.getTypeName())
                + listed(" implements ", type.getGenericInterfaces());
    }

    private static String describe(Constructor<?> constructor) {
        return modifiers(constructor) + "<init>" + signature(constructor);
    }

    private static String describe(Method method) {
        return modifiers(method)
                + (method.isDefault() ? "default " : "")
                + method.getGenericReturnType().getTypeName() + " " + method.getName()
                + signature(method)
                + (method.getDefaultValue() == null ? "" : " default");
    }

    private static String describe(Field field) {
        return modifiers(field) + field.getGenericType().getTypeName() + " " + field.getName() + constant(field);
    }

    /** A constant is copied into the classes that name it: another value is another API. */
    private static String constant(Field field) {
        var type = field.getType();
        var isConstant = Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers())
                && (type.isPrimitive() || type == String.class);
        if (!isConstant) {
            return "";
        }
        try {
            return " = " + String.format(Locale.ROOT, type == String.class ? "\"%s\"" : "%s", field.get(null));
        } catch (IllegalAccessException e) {
            return "";
        }
    }

    private static String modifiers(Member member) {
        return Modifier.toString(member.getModifiers() & OF_MEMBERS) + " ";
    }

    private static String signature(Executable executable) {
        var parameters = executable.getGenericParameterTypes();
        var described = Stream.of(parameters).map(Type::getTypeName).collect(joining(", ", "(", ")"));
        return variables(executable.getTypeParameters())
                + (executable.isVarArgs() ? described.replaceFirst("\\[]\\)$", "...)") : described)
                + listed(" throws ", executable.getGenericExceptionTypes());
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Stream.of(variables)
                        .map(variable -> variable.getName() + listed(" extends ", variable.getBounds()))
                        .collect(joining(", ", "<", ">"));
    }

    private static String listed(String before, Type[] types) {
        var names = Arrays.stream(types)
                .filter(type -> type != Object.class)
                .map(Type::getTypeName)
                .toList();
        return names.isEmpty() ? "" : before + String.join(", ", names);
    }
}
