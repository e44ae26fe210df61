package io.limpet.proxy.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where does a session live, and why? */
@Command
final class ExplainQuestion implements AskingCommand.Question {

    @Parameters(paramLabel = "SESSION", description = "The session cookie's value, as the client has it.")
    private String session = "";

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "/",
            description = "Of the request, where context paths have states of their own.")
    private String path = "/";

    @Override
    public void ask(RunningProxy proxy, PrintWriter out) throws RunningProxy.RefusedException {
        JsonNode answer = proxy.get("/api/explain?session=" + encode(session) + "&path=" + encode(path));
        String owner = answer.path("owner").asText();
        String goesTo = answer.path("goesTo").asText();
        out.println("owner:   " + (owner.isEmpty() ? "-" : owner));
        out.println("goes to: " + (goesTo.isEmpty() ? "-" : goesTo));
        out.println("reason:  " + answer.path("reason").asText());
        out.println("because " + answer.path("why").asText());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
