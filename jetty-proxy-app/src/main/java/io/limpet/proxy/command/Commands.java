package io.limpet.proxy.command;

import io.limpet.proxy.node.Order;
import picocli.CommandLine;

/** The commands for a proxy that runs. */
public final class Commands {

    private Commands() {}

    /** Adds them to the command that starts one. */
    public static void addTo(CommandLine command) {
        add(command, "status", "How the nodes of a running proxy are.", new StatusQuestion());
        add(command, "drain", "A node gets no new sessions and gives up those it has.", order(Order.DRAINING));
        add(command, "ready", "A node takes what it can.", order(Order.READY));
        add(command, "maintenance", "A node gets nothing.", order(Order.MAINTENANCE));
        add(command, "explain", "Where a session lives, and why.", new ExplainQuestion());
        add(command, "reload", "The proxy reads its settings again.", new ReloadQuestion());
    }

    private static OrderQuestion order(Order order) {
        return new OrderQuestion(order);
    }

    private static void add(CommandLine command, String name, String description, AskingCommand.Question question) {
        CommandLine asking = new CommandLine(new AskingCommand<>(question));
        asking.getCommandSpec().usageMessage().description(description);
        command.addSubcommand(name, asking);
    }
}
