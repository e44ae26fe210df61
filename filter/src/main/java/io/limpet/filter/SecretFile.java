package io.limpet.filter;

import io.limpet.route.Secret;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Secrets in a file, which the operator replaces while the node runs. The file is read at start, and again by the first
 * request a second or more later; what holds is what was read twice alike, as a file may be read in the middle of being
 * written. What cannot be read or is wrong changes nothing.
 *
 * <p>It is read, and not looked at: what Kubernetes mounts keeps its time and its length. Safe for use by any number of
 * threads.
 */
final class SecretFile implements ActiveSecrets {

    private static final Logger LOG = System.getLogger(SecretFile.class.getName());
    private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final LongSupplier nanoTime;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile List<Secret> active;
    private volatile long looked;

    /** What was taken last, right or wrong; by whoever looks. */
    private String taken;

    /** What was read last; by whoever looks. */
    private String read;

    /**
     * Reads the file.
     *
     * @param nanoTime as {@link System#nanoTime}
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when what it says are no secrets
     */
    SecretFile(Path file, LongSupplier nanoTime) throws IOException {
        this.file = file;
        this.nanoTime = nanoTime;
        this.read = Files.readString(file);
        this.taken = read;
        this.active = Secret.parseList(read);
        this.looked = nanoTime.getAsLong();
    }

    @Override
    public List<Secret> now() {
        // one of the requests looks, the others go on with what is there
        if (nanoTime.getAsLong() - looked >= BETWEEN_LOOKS && looking.tryLock()) {
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
        return active;
    }

    private void look() {
        looked = nanoTime.getAsLong();
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException away) {
            return;
        }
        boolean isWritten = text.equals(read);
        read = text;
        if (!isWritten || text.equals(taken)) {
            return;
        }
        taken = text;
        try {
            active = Secret.parseList(text);
            LOG.log(Level.INFO, "new secrets from {0} hold", file);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the secrets from {0} stay as they were: {1}", file, e.getMessage());
        }
    }
}
