package io.limpet.demo;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code java -jar limpet-demo.jar}: the whole thing on one machine, to be broken by hand.
 *
 * <p>However it ends (Ctrl-C, SIGTERM, a start that failed), one shutdown hook ends every process and deletes the
 * folder. When it is killed itself, the processes notice that: see {@link Leash}.
 */
@Command(
        name = "limpet-demo",
        mixinStandardHelpOptions = true,
        version = "Limpet demo",
        description = "Starts the example shop on several nodes behind the Limpet proxy, all on 127.0.0.1.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:ended in order", " 1:could not start, or the proxy is gone", " 2:wrong options"})
public final class Demo implements Callable<Integer> {

    /** The most nodes that the demo starts. */
    static final int MOST_NODES = 9;

    private static final int HIGHEST_PORT = 65_535;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--nodes",
            defaultValue = "3",
            paramLabel = "N",
            description = "How many nodes, 1 to " + MOST_NODES + ". Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "The proxy's port, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--admin",
            defaultValue = Plan.ADMIN,
            paramLabel = "HOST:PORT",
            description = "Where the proxy's dashboard is; off: nowhere. Default: ${DEFAULT-VALUE}.")
    private String admin = Plan.ADMIN;

    @Option(names = "--no-failover", description = "Sessions stay on their node and end with it.")
    private boolean noFailover;

    @Option(names = "--restart", description = "Start what was killed again after 5 s, with the same name and ports.")
    private boolean restart;

    /** Runs until it is ended; the exit code is 0, 1 or 2 as {@code --help} tells. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Demo());
    }

    @Override
    public Integer call() throws InterruptedException {
        check("--nodes", nodes, 1, MOST_NODES);
        check("--port", port, 0, HIGHEST_PORT);
        CommandLine command = spec.commandLine();
        Screen screen = new Screen(
                command.getOut(), command.getErr(), command.getColorScheme().ansi());
        try {
            Plan plan = Plan.of(nodes, port, !noFailover, restart).withAdmin(admin);
            Folder folder = Folder.unpack();
            Cluster cluster = new Cluster(plan, folder, screen);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster, folder), "ending"));
            screen.say("Starting " + Summary.nodes(plan) + " and the proxy ...");
            cluster.start();
            screen.say(Summary.of(plan, cluster.pids(), folder.logs()));
            cluster.awaitEnd();
            return CommandLine.ExitCode.SOFTWARE;
        } catch (StartFailedException | IOException e) {
            screen.complain(e);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static void end(Cluster cluster, Folder folder) {
        cluster.close();
        folder.close();
    }

    private void check(String option, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new ParameterException(
                    spec.commandLine(), "%s must be %d to %d, was %d".formatted(option, lowest, highest, value));
        }
    }
}
