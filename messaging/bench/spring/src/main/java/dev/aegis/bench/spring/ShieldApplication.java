package dev.aegis.bench.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Reads and adds shields. */
@SpringBootApplication
public class ShieldApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ShieldApplication.class, arguments);
    }
}
