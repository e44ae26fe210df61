package io.limpet.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table under "What is sent again" in {@code docs/failover.md}, which is what the proxy promises. */
final class RetryTable {

    /**
     * One cell.
     *
     * @param answer what the table says: a word of the legend below it
     */
    record Cell(RetrySituation situation, RetryRequest request, String answer) {
        @Override
        public String toString() {
            return "n1 " + situation + ", " + request + ": " + answer;
        }
    }

    private static final String CORNER = "the session's node";

    private RetryTable() {}

    /**
     * All cells, row by row.
     *
     * @throws IllegalStateException when a row or a column is not one that is known, or a row has another length
     */
    static List<Cell> cells() {
        List<List<String>> rows = rows();
        List<RetryRequest> columns = rows.get(0).stream()
                .skip(1)
                .map(label -> labelled(RetryRequest.values(), label))
                .toList();
        List<Cell> cells = new ArrayList<>();
        // behind the heads and the line under them
        for (List<String> row : rows.subList(2, rows.size())) {
            if (row.size() != columns.size() + 1) {
                throw new IllegalStateException("not " + columns.size() + " cells: " + row);
            }
            RetrySituation situation = labelled(RetrySituation.values(), row.get(0));
            for (int i = 0; i < columns.size(); i++) {
                cells.add(new Cell(situation, columns.get(i), row.get(i + 1)));
            }
        }
        return cells;
    }

    private static List<List<String>> rows() {
        try {
            return Files.readAllLines(Path.of("..", "docs", "failover.md")).stream()
                    .dropWhile(line -> !line.startsWith("| " + CORNER + " |"))
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                            .map(String::strip)
                            .toList())
                    // behind the last bar there is nothing
                    .map(row -> row.subList(0, row.size() - 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T labelled(T[] all, String label) {
        return Arrays.stream(all)
                .filter(one -> one.toString().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("'" + label + "' is none of " + Arrays.toString(all)));
    }
}
