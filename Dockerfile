# One Dockerfile for the three services: the last stages, api, scheduler and worker, share one build of the source.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2,sharing=locked \
    mvn -B -ntp -Dmaven.repo.local=/m2 -DskipTests -Dspotless.check.skip package

FROM eclipse-temurin:25-jre AS runtime
WORKDIR /app
USER 10001:10001
ENV QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_HTTP_PORT=8080
EXPOSE 8080
# Ready when the service says so. Bash speaks HTTP here because the image need not have curl.
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /q/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
COPY .make/java-options ./
ENTRYPOINT ["java", "@java-options", "-XX:MaxRAMPercentage=60", "-jar", "quarkus-run.jar"]

FROM runtime AS api
COPY --from=build /src/api/target/quarkus-app/ ./

FROM runtime AS scheduler
COPY --from=build /src/scheduler/target/quarkus-app/ ./

FROM runtime AS worker
COPY --from=build /src/worker/target/quarkus-app/ ./
