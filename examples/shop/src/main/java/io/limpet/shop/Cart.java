package io.limpet.shop;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one visitor has put into the basket, in that order.
 *
 * <p>Thread-safe: two tabs of one browser share it, and the filter writes it while a third request may be adding. It is
 * changed in place after it was put into the session once, without another {@code setAttribute}, because that is how
 * applications are written.
 */
public final class Cart implements Serializable {

    /** The most items that a basket holds. */
    public static final int MOST_ITEMS = 1_000;

    /** The longest name of an item, in UTF-16 characters. */
    public static final int LONGEST_NAME = 200;

    private static final long serialVersionUID = 1;

    private final ArrayList<String> items = new ArrayList<>();

    /** What became of an item that was to be added. */
    public enum Added {
        /** It is in the basket. */
        YES,
        /** Its name is empty or blank. */
        NAMELESS,
        /** Its name is longer than {@link #LONGEST_NAME}. */
        NAME_TOO_LONG,
        /** The basket holds {@link #MOST_ITEMS} already. */
        FULL
    }

    /** Adds one item behind the others. */
    public synchronized Added add(String item) {
        if (item.isBlank()) {
            return Added.NAMELESS;
        }
        if (item.length() > LONGEST_NAME) {
            return Added.NAME_TOO_LONG;
        }
        if (items.size() >= MOST_ITEMS) {
            return Added.FULL;
        }
        items.add(item);
        return Added.YES;
    }

    /** Takes the last item of that name out; without one nothing happens. */
    public synchronized void remove(String item) {
        int last = items.lastIndexOf(item);
        if (last >= 0) {
            items.remove(last);
        }
    }

    /** Takes everything out. */
    public synchronized void empty() {
        items.clear();
    }

    /** The items in the order in which they were added, as they are now: later changes do not show. */
    public synchronized List<String> items() {
        return List.copyOf(items);
    }

    // without the lock, serialization could meet a list that another request is changing
    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
    }
}
