package io.limpet.proxy.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that asks a running proxy: 0 when it was done, 1 when the proxy refuses or does not answer.
 *
 * @param <Q> what it asks
 */
@Command(mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true)
final class AskingCommand<Q extends AskingCommand.Question> implements Callable<Integer> {

    private static final int REFUSED = 1;

    /** What a command asks. */
    interface Question {
        /**
         * Asks, and prints the answer.
         *
         * @throws RunningProxy.RefusedException when there is none
         */
        void ask(RunningProxy proxy, PrintWriter out) throws RunningProxy.RefusedException;
    }

    @Mixin
    private final RunningProxy proxy = new RunningProxy();

    @Mixin
    private final Q question;

    @Spec
    private @Nullable CommandSpec spec;

    AskingCommand(Q question) {
        this.question = question;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command before it calls it");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            question.ask(proxy, out);
            out.flush();
            return 0;
        } catch (RunningProxy.RefusedException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(e.getMessage());
            err.flush();
            return REFUSED;
        }
    }
}
