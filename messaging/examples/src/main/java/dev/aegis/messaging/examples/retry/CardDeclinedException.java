package dev.aegis.messaging.examples.retry;

/** The card will not be accepted later either. */
public class CardDeclinedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CardDeclinedException(String card) {
        super("card " + card + " is declined");
    }
}
