package dev.aegis.messaging.examples.fanout;

import dev.aegis.messaging.examples.mail.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Tells shop and newsletter of new prices. They stand for two services, each with a queue of its own. */
@ApplicationScoped
public class Prices {

    private final Emitter<String> news;
    private final Mailer mailer;

    Prices(@Channel("to-price-news") Emitter<String> news, Mailer mailer) {
        this.news = news;
        this.mailer = mailer;
    }

    @Transactional
    public void publish(String price) {
        news.send(price);
    }

    @Incoming("shop-prices")
    void inShop(String price) {
        mailer.send("shop: " + price);
    }

    @Incoming("newsletter-prices")
    void inNewsletter(String price) {
        mailer.send("newsletter: " + price);
    }
}
