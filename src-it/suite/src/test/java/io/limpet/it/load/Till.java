package io.limpet.it.load;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import java.io.UncheckedIOException;

/** Where shoppers buy, for any number of threads: what was acknowledged is in the ledger, how they were answered in the tally. */
record Till(Ledger<Browser> ledger, Tally tally) {

    Till(Ledger<Browser> ledger) {
        this(ledger, new Tally());
    }

    /** Buys one thing; a refusal is counted, and nothing else. */
    void buy(Browser browser, String item) {
        try {
            Answer answer = browser.post("/api/cart?item=" + item);
            tally.answered(answer.status());
            if (answer.status() == 200) {
                ledger.acknowledge(browser, item);
            }
        } catch (UncheckedIOException e) {
            tally.unanswered();
        }
    }
}
