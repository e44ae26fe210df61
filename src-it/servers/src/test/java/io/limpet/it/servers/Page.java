package io.limpet.it.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/containers.md}: the matrix of a run and what an operator must know of each server. */
final class Page {

    private Page() {}

    /** The table in Markdown. */
    static String table(List<Row> rows) {
        List<String> columns = Check.ALL.stream().map(Check::column).toList();
        return "| Server | Version | " + String.join(" | ", columns) + " | log |\n"
                + "|---|---|" + "---|".repeat(columns.size() + 1) + "\n"
                + rows.stream().map(Row::markdown).collect(Collectors.joining("\n"));
    }

    static void write(Path file, List<Row> rows, LocalDate day) throws IOException {
        String changes = rows.stream()
                .map(row -> "- **" + row.recipe().title() + " "
                        + Release.version(row.recipe().name()) + "**: "
                        + row.recipe().changes())
                .collect(Collectors.joining("\n"));
        String classes = rows.stream()
                .filter(row -> !row.recipe().sessionClasses().isEmpty())
                .map(row -> "- **" + row.recipe().title() + "**: `"
                        + String.join(",", row.recipe().sessionClasses()) + "`")
                .collect(Collectors.joining("\n"));
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(
                file,
                template()
                        .replace("{date}", day.toString())
                        .replace("{table}", table(rows))
                        .replace("{changes}", changes)
                        .replace("{classes}", classes));
    }

    private static String template() throws IOException {
        try (InputStream page = Page.class.getResourceAsStream("containers.md")) {
            if (page == null) {
                throw new IOException("containers.md is missing");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
