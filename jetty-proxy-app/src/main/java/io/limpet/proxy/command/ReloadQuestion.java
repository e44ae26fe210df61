package io.limpet.proxy.command;

import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Read the settings again. */
@Command
final class ReloadQuestion implements AskingCommand.Question {

    @Override
    public void ask(RunningProxy proxy, PrintWriter out) throws RunningProxy.RefusedException {
        proxy.post("/api/reload", "{}").path("notes").forEach(note -> out.println(note.asText()));
    }
}
