package dev.aegis.api;

import groovy.lang.DelegatingMetaClass;
import groovy.lang.GroovySystem;
import groovy.lang.MetaClass;
import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.internal.http.Status;

/**
 * Lets REST Assured read responses of 400 and more where the default locale is Turkish. It keeps their handler as {@code failure} but
 * looks it up by the name of {@link Status#FAILURE} in lower case of the default locale, there {@code faılure}. Here it is kept by
 * the name by which it is looked up.
 */
public class TurkishRestAssured implements QuarkusTestBeforeClassCallback {

    private static final String HANDLERS = "io.restassured.internal.http.StringHashMap";

    @Override
    public void beforeClass(Class<?> testClass) {
        var registry = GroovySystem.getMetaClassRegistry();
        var handlers = handlers();
        registry.removeMetaClass(handlers);
        registry.setMetaClass(handlers, new ByStatus(registry.getMetaClass(handlers)));
    }

    private static Class<?> handlers() {
        try {
            return Class.forName(HANDLERS);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("REST Assured keeps the handlers of its responses elsewhere", e);
        }
    }

    private static final class ByStatus extends DelegatingMetaClass {

        ByStatus(MetaClass standard) {
            super(standard);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void setProperty(
                Class sender, Object handlers, String name, Object handler, boolean useSuper, boolean fromInside) {
            var status = name.equals("failure") ? Status.FAILURE.toString() : name;
            super.setProperty(sender, handlers, status, handler, useSuper, fromInside);
        }
    }
}
