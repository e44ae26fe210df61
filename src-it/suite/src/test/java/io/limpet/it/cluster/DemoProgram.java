package io.limpet.it.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code java -jar limpet-demo.jar}, and what a person reads from its output. */
public final class DemoProgram implements AutoCloseable {

    private static final Pattern ROW =
            Pattern.compile("^\\s+(\\w+)\\s+(\\d+)\\s+(\\d+)\\s+kill -9 (\\d+)$", Pattern.MULTILINE);
    private static final Pattern OPEN = Pattern.compile("Open\\s+(http://\\S+)");
    private static final Pattern END = Pattern.compile("^\\s+End\\s");

    /**
     * A row of its table.
     *
     * @param name of a node or the proxy
     * @param port where it listens
     * @param pid its process
     */
    public record Row(String name, int port, long pid) {

        /** The process; whether it lives can be asked, and it can be killed. */
        public ProcessHandle process() {
            return ProcessHandle.of(pid)
                    .orElseThrow(() -> new AssertionError("no process " + pid + " of " + name + " is alive"));
        }

        /** Where it listens. */
        public URI uri() {
            return URI.create("http://127.0.0.1:" + port);
        }
    }

    private final Program program;

    private DemoProgram(Program program) {
        this.program = program;
    }

    /** Starts it on a free port, and returns when it has said what to try. */
    public static DemoProgram start(String... options) {
        WorkFolder work = WorkFolder.create("demo");
        List<String> arguments = new ArrayList<>(List.of(Program.lifeline(), work.temporary()));
        arguments.addAll(List.of("-jar", Artifact.DEMO.path().toString()));
        arguments.addAll(List.of("--port", Integer.toString(FreePorts.next()), "--admin", "127.0.0.1:0"));
        arguments.addAll(List.of(options));
        DemoProgram demo = new DemoProgram(Program.start("the demo", work.log("demo"), Map.of(), arguments));
        try {
            demo.program.awaitLine(END);
            return demo;
        } catch (RuntimeException | Error e) {
            demo.close();
            throw e;
        }
    }

    /** All that it has said. */
    public String output() {
        return program.output();
    }

    /** What it says to open. */
    public URI uri() {
        return URI.create(program.awaitLine(OPEN).group(1));
    }

    /** Its table. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Matcher matcher = ROW.matcher(output());
        while (matcher.find()) {
            MatchResult row = matcher.toMatchResult();
            rows.add(new Row(row.group(1), Integer.parseInt(row.group(2)), Long.parseLong(row.group(4))));
        }
        return rows;
    }

    /** The row of that name. */
    public Row row(String name) {
        return rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row '" + name + "' in " + output()));
    }

    /** The folder that it names, which is to be gone at the end. */
    public Path logs() {
        return Path.of(program.awaitLine(Pattern.compile("Logs\\s+(\\S+)")).group(1));
    }

    /** SIGTERM, once the proxy's reasons add up to its requests. */
    public void stop() {
        assertReasonsAddUp();
        program.stop();
    }

    /** {@code kill -9}, once they do. */
    public void kill() {
        assertReasonsAddUp();
        program.kill();
    }

    private void assertReasonsAddUp() {
        Operator.assertReasonsAddUp(logs().resolve("proxy.log"));
    }

    @Override
    public void close() {
        program.close();
    }
}
