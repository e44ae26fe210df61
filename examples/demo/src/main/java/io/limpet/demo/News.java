package io.limpet.demo;

/** The lines that the demo prints when a process goes or comes back. */
final class News {

    // a process that a signal ended has this exit code plus the signal's number
    private static final int SIGNALS = 128;

    private News() {}

    static String ended(Launch launch, long pid, int exitCode, Plan plan) {
        String how = exitCode > SIGNALS
                ? "was killed (signal " + (exitCode - SIGNALS) + ")"
                : "ended (exit code " + exitCode + ")";
        return "@|yellow " + launch.name() + " is gone|@: process " + pid + " " + how + "; "
                + consequence(launch, plan);
    }

    static String back(Launch launch, long pid) {
        return "@|green " + launch.name() + " is back|@: process " + pid + ", port " + launch.port() + ", kill -9 "
                + pid;
    }

    private static String consequence(Launch launch, Plan plan) {
        if (launch.name().equals(Plan.PROXY)) {
            return plan.restart() ? "it comes back in 5 s" : "nothing answers without it, so the demo ends";
        }
        String sessions = plan.failover() ? "its sessions move at their next request" : "its sessions are lost";
        return plan.restart() ? sessions + ", and it comes back in 5 s" : sessions;
    }
}
