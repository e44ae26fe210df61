package io.limpet.probe;

/** One thing that an application may do to its session or its response. */
@FunctionalInterface
interface Step {

    /** What becomes of the steps behind this one. */
    enum Next {
        /** They follow here. */
        HERE,
        /** They are done, or will be, by somebody else: a forward's target, an error page, another thread. */
        ELSEWHERE
    }

    Next run(Scene scene, String argument) throws Exception;

    /** A step that leaves the following ones where they are. */
    static Step here(Action action) {
        return (scene, argument) -> {
            action.run(scene, argument);
            return Next.HERE;
        };
    }

    /** What a step does when it does not touch the order of steps. */
    @FunctionalInterface
    interface Action {
        void run(Scene scene, String argument) throws Exception;
    }
}
