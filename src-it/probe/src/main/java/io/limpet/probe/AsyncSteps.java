package io.limpet.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Deque;
import java.util.Map;

/** Requests that go on when their first thread has returned. */
final class AsyncSteps {

    static final Map<String, Step> ALL = Map.ofEntries(
            Map.entry("async", Step.here((scene, argument) -> scene.request().startAsync())),
            Map.entry(
                    "async-same",
                    Step.here((scene, argument) -> scene.request().startAsync(scene.request(), scene.response()))),
            Map.entry(
                    "async-wrapped",
                    Step.here((scene, argument) -> scene.request()
                            .startAsync(
                                    new HttpServletRequestWrapper(scene.request()),
                                    new HttpServletResponseWrapper(scene.response())))),
            Map.entry(
                    "original",
                    Step.here((scene, argument) -> scene.say(
                            "original " + scene.request().getAsyncContext().hasOriginalRequestAndResponse()))),
            Map.entry("dispatch", AsyncSteps::dispatch),
            Map.entry("thread", AsyncSteps::thread),
            Map.entry("start", AsyncSteps::start),
            Map.entry("timeout", AsyncSteps::timeout),
            Map.entry("complete", AsyncSteps::complete));

    private AsyncSteps() {}

    private static Step.Next dispatch(Scene scene, String path) {
        AsyncContext context = scene.request().getAsyncContext();
        if (path.isEmpty()) {
            context.dispatch();
        } else {
            context.dispatch(path);
        }
        return Step.Next.ELSEWHERE;
    }

    private static Step.Next complete(Scene scene, String argument) {
        scene.request().getAsyncContext().complete();
        return Step.Next.ELSEWHERE;
    }

    private static Step.Next thread(Scene scene, String argument) {
        Runnable rest = rest(scene.request().getAsyncContext(), scene.steps());
        new Thread(rest, "probe").start();
        return Step.Next.ELSEWHERE;
    }

    private static Step.Next start(Scene scene, String argument) {
        AsyncContext context = scene.request().getAsyncContext();
        context.start(rest(context, scene.steps()));
        return Step.Next.ELSEWHERE;
    }

    /** The rest is done by the listener that hears of the time-out. */
    private static Step.Next timeout(Scene scene, String argument) {
        AsyncContext context = scene.request().getAsyncContext();
        context.setTimeout(50);
        Deque<String> steps = scene.steps();
        EventLog.begin(); // until it is completed
        context.addListener(new OnTimeout() {
            @Override
            public void onTimeout(AsyncEvent event) {
                EventLog.add("timeout, context is the request's " + (event.getAsyncContext() == context));
                rest(event.getAsyncContext(), steps).run();
            }
        });
        return Step.Next.ELSEWHERE;
    }

    private static Runnable rest(AsyncContext context, Deque<String> steps) {
        EventLog.begin();
        return () -> {
            try {
                Script.run(new Scene(
                        (HttpServletRequest) context.getRequest(), (HttpServletResponse) context.getResponse(), steps));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            } finally {
                EventLog.end();
            }
        };
    }

    /** A listener for which only a time-out counts. */
    private interface OnTimeout extends AsyncListener {
        @Override
        default void onComplete(AsyncEvent event) {
            EventLog.add("completed");
            EventLog.end();
        }

        @Override
        default void onError(AsyncEvent event) {
            EventLog.add("async error");
        }

        @Override
        default void onStartAsync(AsyncEvent event) {
            EventLog.add("async again");
        }
    }
}
