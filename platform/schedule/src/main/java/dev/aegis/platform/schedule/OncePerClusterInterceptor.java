package dev.aegis.platform.schedule;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

@OncePerCluster
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class OncePerClusterInterceptor {

    private final Schedules schedules;

    OncePerClusterInterceptor(Schedules schedules) {
        this.schedules = schedules;
    }

    @AroundInvoke
    @Nullable Object runIfDue(InvocationContext call) {
        schedules.runIfDue(call.getMethod(), call::proceed);
        return null;
    }
}
