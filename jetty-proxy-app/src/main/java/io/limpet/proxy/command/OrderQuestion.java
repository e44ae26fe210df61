package io.limpet.proxy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limpet.proxy.node.Order;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Let a node be what is ordered. */
@Command
final class OrderQuestion implements AskingCommand.Question {

    private final Order order;

    @Parameters(paramLabel = "NODE", description = "The node's name.")
    private String node = "";

    @Option(
            names = "--context",
            paramLabel = "PATH",
            defaultValue = "",
            description = "A context path of the node, as /shop. Unless given: all of it.")
    private String context = "";

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            description = "How long a drain may take. Unless given: the proxy's --drain-deadline.")
    private @Nullable Integer deadline;

    OrderQuestion(Order order) {
        this.order = order;
    }

    @Override
    public void ask(RunningProxy proxy, PrintWriter out) throws RunningProxy.RefusedException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("state", order.toString())
                .put("context", context);
        if (deadline != null) {
            body.put("deadlineSeconds", deadline);
        }
        String name = URLEncoder.encode(node, StandardCharsets.UTF_8);
        StatusQuestion.print(proxy.post("/api/nodes/" + name + "/state", body.toString()), out);
    }
}
