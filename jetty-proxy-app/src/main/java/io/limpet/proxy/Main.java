package io.limpet.proxy;

import io.limpet.proxy.command.Commands;
import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Reading;
import io.limpet.proxy.config.SettingsSchema;
import io.limpet.proxy.config.SettingsSource;
import io.limpet.proxy.config.WrongSettingsException;
import io.limpet.proxy.reload.FileWatch;
import io.limpet.proxy.reload.Reload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.Security;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code limpet-proxy}: checks the settings and runs the proxy until it is told to end. */
@Command(
        name = "limpet-proxy",
        description = "Keeps every session on its node, and moves it to another when that node is gone.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footerHeading = "%nEnvironment:%n",
        usageHelpAutoWidth = true)
public final class Main implements Callable<Integer> {

    private static final int OK = 0;
    private static final int CANNOT_START = 1;
    private static final int WRONG_SETTINGS = 2;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A YAML file with the same settings; what stands on the command line wins.")
    private @Nullable Path config;

    @Option(names = "--check", description = "Check the settings, say so, and do not start.")
    private boolean check;

    @Option(names = "--schema", description = "Print a JSON schema of the file, for editors, and do not start.")
    private boolean schema;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs the command; ends the JVM with 1 when the proxy cannot start, and 2 when the settings are wrong. */
    public static void main(String[] args) {
        CommandLog.use();
        // unless the JVM's own files say so, it believes an answer of DNS for 30 s
        if (Security.getProperty("networkaddress.cache.ttl") == null) {
            Security.setProperty("networkaddress.cache.ttl", "5");
        }
        int code = commandLine().execute(args);
        if (code != OK) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Main());
        SettingOptions.addTo(command.getCommandSpec());
        command.getCommandSpec().usageMessage().footer(SettingOptions.environment());
        Commands.addTo(command);
        return command;
    }

    @Override
    public Integer call() throws Exception {
        if (schema) {
            out().println(SettingsSchema.json());
            out().flush();
            return OK;
        }
        SettingsSource source = source();
        Optional<FileWatch> watch = source.file().map(FileWatch::new);
        Reading settings;
        try {
            settings = source.read();
        } catch (WrongSettingsException e) {
            return refuse(e);
        }
        if (check) {
            out().println("configuration is valid");
            out().flush();
            return OK;
        }
        return run(source, settings, watch);
    }

    private SettingsSource source() {
        GivenSettings given = SettingOptions.given(commandLineOfThis().getCommandSpec());
        SettingOptions.addEnvironment(given, System.getenv());
        return config == null ? SettingsSource.of(given) : SettingsSource.of(config, given, System.getenv());
    }

    private int refuse(WrongSettingsException wrong) {
        PrintWriter err = err();
        int count = wrong.mistakes().size();
        err.println(
                "limpet-proxy cannot start: " + count + (count == 1 ? " mistake" : " mistakes") + " in the settings");
        wrong.mistakes().forEach(mistake -> err.println("  " + mistake));
        err.flush();
        return WRONG_SETTINGS;
    }

    private int run(SettingsSource source, Reading read, Optional<FileWatch> watch) throws Exception {
        ProxySettings settings = read.settings();
        ProxyServer server = new ProxyServer(settings);
        server.follow(new Reload(source, read, server::apply), watch);
        try {
            server.start();
        } catch (IOException e) {
            stop(server);
            err().println("limpet-proxy cannot listen on " + settings.listen() + ": " + reason(e)
                    + "; choose another address with --listen");
            err().flush();
            return CANNOT_START;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "limpet-stop"));
        server.join();
        return OK;
    }

    private static String reason(IOException e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(e.getMessage()) : cause.getMessage();
    }

    private static void stop(ProxyServer server) {
        try {
            server.stop();
        } catch (Exception e) {
            System.err.println("limpet-proxy did not stop cleanly: " + e);
        }
    }

    private PrintWriter out() {
        return commandLineOfThis().getOut();
    }

    private PrintWriter err() {
        return commandLineOfThis().getErr();
    }

    private CommandLine commandLineOfThis() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command before it calls it");
        }
        return spec.commandLine();
    }
}
