package io.limpet.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that says that it has started, and then warns until it is ended. */
final class Sleeper {

    private Sleeper() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("started");
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(20, TimeUnit.MILLISECONDS)) {
            System.out.println("WARNING something");
        }
    }
}
