package io.limpet.it.chromium;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A page in a tab, as a user has it: looked at, clicked, typed into. */
public final class Page {

    private final DevTools tools;

    Page(DevTools tools) {
        this.tools = tools;
    }

    /** Goes there and waits until the page is read. */
    public void go(URI uri) {
        tools.send("Page.navigate", tools.parameters().put("url", uri.toString()));
        await(uri.toString())
                .until(() -> evaluate("location.href !== 'about:blank' && document.readyState")
                        .equals("complete"));
    }

    /** What an expression in the page is, as text. */
    public String evaluate(String expression) {
        JsonNode result = tools.send(
                "Runtime.evaluate",
                tools.parameters()
                        .put("expression", "String(" + expression + ")")
                        .put("returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value").asText();
    }

    /** The text of the first element that a CSS selector finds; empty when there is none. */
    public String text(String selector) {
        return evaluate("document.querySelector('" + selector + "')?.innerText ?? ''");
    }

    /** Clicks the middle of what a selector finds, with the mouse: what lies above it is clicked instead. */
    public void click(String selector) {
        String at = evaluate("(r => (r.x + r.width / 2) + ' ' + (r.y + r.height / 2))((e => (e.scrollIntoView({block:"
                + " 'center'}), e.getBoundingClientRect()))(document.querySelector('" + selector + "')))");
        String[] xy = at.split(" ", 2);
        for (String type : new String[] {"mousePressed", "mouseReleased"}) {
            tools.send(
                    "Input.dispatchMouseEvent",
                    tools.parameters()
                            .put("type", type)
                            .put("x", Double.parseDouble(xy[0]))
                            .put("y", Double.parseDouble(xy[1]))
                            .put("button", "left")
                            .put("clickCount", 1));
        }
    }

    /** Types into what has the focus. */
    public void type(String text) {
        tools.send("Input.insertText", tools.parameters().put("text", text));
    }

    /** Presses a key that types nothing: {@code Enter}, {@code Tab}. */
    public void press(String key) {
        int code = key.equals("Enter") ? 13 : 9;
        for (String type : new String[] {"keyDown", "keyUp"}) {
            tools.send(
                    "Input.dispatchKeyEvent",
                    tools.parameters()
                            .put("type", type)
                            .put("key", key)
                            .put("code", key)
                            .put("text", key.equals("Enter") && type.equals("keyDown") ? "\r" : "")
                            .put("windowsVirtualKeyCode", code));
        }
    }

    /** Makes the window so wide and high. */
    public void resize(int width, int height) {
        tools.send(
                "Emulation.setDeviceMetricsOverride",
                tools.parameters()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
    }

    /** Asks the page for its light or its dark colours. */
    public void colours(String scheme) {
        var parameters = tools.parameters();
        parameters
                .putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        tools.send("Emulation.setEmulatedMedia", parameters);
    }

    /** Writes what is seen as PNG. */
    public void picture(Path file) {
        String data = tools.send("Page.captureScreenshot", tools.parameters().put("format", "png"))
                .path("data")
                .asText();
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
