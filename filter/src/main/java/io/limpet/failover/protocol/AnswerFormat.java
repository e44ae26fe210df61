package io.limpet.failover.protocol;

import io.limpet.failover.protocol.ClaimResult.Claimed;
import io.limpet.route.Route;

/**
 * An answer on its way back: {@code "LA"}, the format's number, the kind, the fields. The codes are part of the format:
 * never reused, never reordered.
 */
public final class AnswerFormat {

    private static final int MAGIC = 'L' << 8 | 'A';
    private static final int FORMAT = 1;

    private static final int ELSEWHERE = 1;
    private static final int UNREADABLE = 2;
    private static final int SAVED = 10;
    private static final int SAVE_FENCED = 11;
    private static final int SAVE_ENDED = 12;
    private static final int SAVE_MISSING = 13;
    private static final int CLAIMED = 20;
    private static final int CLAIM_ENDED = 21;
    private static final int CLAIM_MISSING = 22;
    private static final int ENDED = 30;
    private static final int END_FENCED = 31;
    private static final int ENDED_BEFORE = 32;
    private static final int POINTED = 40;
    private static final int OCCUPIED = 41;

    private AnswerFormat() {}

    /** Writes an answer. */
    public static byte[] encode(Answer<?> answer) {
        BinaryWriter out = new BinaryWriter(MAGIC, FORMAT);
        if (answer instanceof Answer.Given<?> given) {
            writeResult(out, given.result());
        } else if (answer instanceof Answer.Elsewhere<?> elsewhere) {
            out.writeByte(ELSEWHERE);
            out.writeString(elsewhere.key());
        } else {
            out.writeByte(UNREADABLE);
        }
        return out.toBytes();
    }

    /**
     * Reads an answer.
     *
     * @param type what the change asked for
     * @throws NewerFormatException when a newer Limpet wrote it
     * @throws CorruptEntryException when it is no answer, or none of that type
     */
    public static <R extends Result> Answer<R> decode(byte[] bytes, Class<R> type) throws CorruptEntryException {
        BinaryReader in = new BinaryReader(bytes, MAGIC, FORMAT);
        int kind = in.readByte();
        Answer<R> answer = switch (kind) {
            case ELSEWHERE -> new Answer.Elsewhere<>(in.readString());
            case UNREADABLE -> new Answer.Unreadable<>();
            default -> new Answer.Given<>(cast(readResult(kind, in), type));
        };
        in.end();
        return answer;
    }

    private static <R extends Result> R cast(Result result, Class<R> type) throws CorruptEntryException {
        if (!type.isInstance(result)) {
            throw new CorruptEntryException("the answer to another question");
        }
        return type.cast(result);
    }

    private static void writeResult(BinaryWriter out, Result result) {
        if (result instanceof Claimed claimed) {
            out.writeByte(CLAIMED);
            out.writeString(claimed.key());
            out.writeString(claimed.previousOwner().name());
            EntryFormat.writeRecord(out, claimed.record());
            return;
        }
        out.writeByte(codeOf(result));
    }

    private static int codeOf(Result result) {
        if (result instanceof SaveResult save) {
            return switch (save) {
                case SAVED -> SAVED;
                case FENCED -> SAVE_FENCED;
                case ENDED -> SAVE_ENDED;
                case MISSING -> SAVE_MISSING;
            };
        }
        if (result instanceof ClaimResult claim) {
            return claim instanceof ClaimResult.Ended ? CLAIM_ENDED : CLAIM_MISSING;
        }
        if (result instanceof EndResult end) {
            return switch (end) {
                case ENDED -> ENDED;
                case ENDED_BEFORE -> ENDED_BEFORE;
                case FENCED -> END_FENCED;
            };
        }
        return result == PointResult.POINTED ? POINTED : OCCUPIED;
    }

    private static Result readResult(int kind, BinaryReader in) throws CorruptEntryException {
        return switch (kind) {
            case SAVED -> SaveResult.SAVED;
            case SAVE_FENCED -> SaveResult.FENCED;
            case SAVE_ENDED -> SaveResult.ENDED;
            case SAVE_MISSING -> SaveResult.MISSING;
            case CLAIMED -> readClaimed(in);
            case CLAIM_ENDED -> new ClaimResult.Ended();
            case CLAIM_MISSING -> new ClaimResult.Missing();
            case ENDED -> EndResult.ENDED;
            case END_FENCED -> EndResult.FENCED;
            case ENDED_BEFORE -> EndResult.ENDED_BEFORE;
            case POINTED -> PointResult.POINTED;
            case OCCUPIED -> PointResult.OCCUPIED;
            default -> throw new CorruptEntryException("no such kind of answer: " + kind);
        };
    }

    private static Claimed readClaimed(BinaryReader in) throws CorruptEntryException {
        String key = in.readString();
        Route previousOwner = in.readRoute();
        return new Claimed(EntryFormat.readRecord(in), key, previousOwner);
    }
}
