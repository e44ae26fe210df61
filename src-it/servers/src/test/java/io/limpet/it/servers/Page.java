package io.limpet.it.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code docs/containers.md}: the matrix and what an operator must know of each server. Each server's row is kept from its
 * last run, so that the servers may be run one by one.
 *
 * @param rows where they are kept
 * @param file the page
 */
record Page(Path rows, Path file) {

    /** The table in Markdown. */
    static String table(List<String> lines) {
        List<String> columns = Check.ALL.stream().map(Check::column).toList();
        return "| Server | Version | " + String.join(" | ", columns) + " | log | run |\n" + "|---|---|"
                + "---|".repeat(columns.size() + 2) + "\n" + String.join("\n", lines);
    }

    /** The row as it stands in the table. */
    static String line(Row row, LocalDate day) {
        return row.markdown() + " " + day + " |";
    }

    void keep(Row row, LocalDate day) throws IOException {
        Files.createDirectories(rows);
        Files.writeString(kept(row.recipe()), line(row, day));
    }

    private Path kept(Recipe recipe) {
        return rows.resolve(recipe.name() + ".md");
    }

    /** Writes the page when every server has been run; answers which have not. */
    List<String> write(List<Recipe> all) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Recipe recipe : all) {
            if (!Files.exists(kept(recipe)) || !isOfTheseColumns(Files.readString(kept(recipe)))) {
                missing.add(recipe.name());
            }
        }
        if (missing.isEmpty()) {
            List<String> lines = new ArrayList<>();
            for (Recipe recipe : all) {
                lines.add(Files.readString(kept(recipe)));
            }
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, page(all, table(lines)));
        }
        return missing;
    }

    /** A row from before a column was added would stand under the wrong heads. */
    static boolean isOfTheseColumns(String line) {
        // server and version, the checks, log and day
        return line.chars().filter(c -> c == '|').count() == Check.ALL.size() + 5;
    }

    private static String page(List<Recipe> all, String table) throws IOException {
        String changes = all.stream()
                .map(recipe ->
                        "- **" + recipe.title() + " " + Release.version(recipe.name()) + "**: " + recipe.changes())
                .collect(Collectors.joining("\n"));
        String classes = all.stream()
                .filter(recipe -> !recipe.sessionClasses().isEmpty())
                .map(recipe -> "- **" + recipe.title() + "**: `" + String.join(",", recipe.sessionClasses()) + "`")
                .collect(Collectors.joining("\n"));
        return template()
                .replace("{table}", table)
                .replace("{changes}", changes)
                .replace("{classes}", classes);
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
