package io.limpet.proxy.config;

import java.util.EnumSet;
import java.util.Set;

/** Which settings a running proxy takes over when they have changed; for the others it has to be started again. */
final class AtRunTime {

    /** A new setting needs a restart until somebody has seen to it that it does not. */
    private static final Set<Setting> SETTINGS = EnumSet.of(
            Setting.NODES,
            Setting.COOKIE,
            Setting.PATH_PARAMETER,
            Setting.SECRET,
            Setting.HEALTH_KIND,
            Setting.HEALTH_PATH,
            Setting.HEALTH_INTERVAL,
            Setting.HEALTH_TIMEOUT,
            Setting.HEALTH_RISE,
            Setting.HEALTH_FALL,
            Setting.HEALTH_METHOD,
            Setting.HEALTH_EXPECT,
            Setting.HEALTH_FAILURES,
            Setting.BALANCE,
            Setting.SLOW_START,
            Setting.TAKEOVER_RATE,
            Setting.TAKEOVER_WAIT,
            Setting.REBALANCE_RATE,
            Setting.IGNORE,
            Setting.TESTER_TOKEN,
            Setting.ON_LOST_OWNER,
            Setting.ADMIN_PEERS,
            Setting.TIMEOUT_TUNNEL);

    private AtRunTime() {}

    static boolean changes(Setting setting) {
        return SETTINGS.contains(setting);
    }
}
