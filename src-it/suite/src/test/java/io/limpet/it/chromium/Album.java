package io.limpet.it.chromium;

import static org.awaitility.Awaitility.await;

import io.limpet.it.cluster.WorkFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Pictures of a dashboard, for the documents: {@code -Dlimpet.pictures=FOLDER} says where they go. Without it there is no
 * browser, and none is taken.
 */
public final class Album implements AutoCloseable {

    private record Camera(Chromium chromium, Page page, Path folder) {

        static Camera before(URI dashboard, Path folder) {
            Chromium chromium = Chromium.start(WorkFolder.create("chromium").folder());
            return new Camera(chromium, chromium.open(dashboard), folder);
        }

        void take(String name, String colours, int width, int height) {
            page.resize(width, height);
            page.colours(colours);
            await("the page to be drawn at this width")
                    .until(() -> page.evaluate("innerWidth + \" \" + (l =>"
                                    + " l.getAttribute(\"viewBox\").split(\" \")[2] - l.clientWidth)"
                                    + "(document.getElementById(\"lanes\"))")
                            .equals(width + " 0"));
            page.picture(folder.resolve(name));
        }
    }

    private final Optional<Camera> camera;

    /** Of the dashboard at this address. */
    public Album(URI dashboard) {
        camera = Optional.ofNullable(System.getProperty("limpet.pictures"))
                .map(folder -> Camera.before(dashboard, Path.of(folder)));
    }

    /** As it is now, on a screen and on a phone. */
    public void take() {
        camera.ifPresent(it -> {
            it.take("dashboard.png", "light", 1400, 1130);
            it.take("dashboard-phone.png", "dark", 390, 844);
        });
    }

    @Override
    public void close() {
        camera.ifPresent(it -> it.chromium().close());
    }
}
