package io.limpet.probe;

import io.limpet.Limpet;
import java.io.IOException;

/** What an application asks Limpet. Loaded only when a script says so: the probe also runs without Limpet. */
final class AffinitySteps {

    private AffinitySteps() {}

    static void say(Scene scene) throws IOException {
        scene.say("at " + scene.request().getContextPath() + " "
                + Limpet.current(scene.request()).map(Object::toString).orElse("nobody knows why"));
    }
}
