package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.Exchanged;
import io.limpet.it.judge.ProbeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has read the first byte of an answer finds its changes on the other node, whatever made that byte leave. */
@ParameterizedClass
@MethodSource("open")
class FirstByteIT {

    private static final int TIMES = Effort.times(10, 1_000);

    private final TwoProbes probes;

    FirstByteIT(TwoProbes probes) {
        this.probes = probes;
    }

    static Stream<TwoProbes> open() {
        return Stream.of(Container.values())
                .filter(it -> Effort.isFull() || it != Container.TOMCAT_11)
                .map(TwoProbes::start);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            response.flushBuffer    | set:n=#,flush-buffer
            writer.flush            | set:n=#,write:10,flush
            writer.close            | set:n=#,write:10,close
            writer.checkError       | set:n=#,write:10,check-error
            writer, buffer full     | set:n=#,write:100000
            writer, length reached  | set:n=#,length:10,write:10
            stream.flush            | stream,set:n=#,write:10,flush
            stream.close            | stream,set:n=#,write:10,close
            stream, buffer full     | stream,set:n=#,write:100000
            stream, one long write  | stream,set:n=#,write-once:20000,flush
            stream, length reached  | stream,set:n=#,length:5,byte-by-byte:hello
            after reset             | write:10,reset,set:n=#,write:10,flush
            sendRedirect            | set:n=#,redirect:/elsewhere
            sendError               | set:n=#,error:404
            exception               | set:n=#,throw
            forward                 | set:n=#,forward,write:10,flush
            include                 | set:n=#,include,write:10,flush
            forward's own end       | set:n=#,forward,write:10
            write(ByteBuffer)       | stream,set:n=#,buffer-once:20000,flush
            setWriteListener        | stream,async,set:n=#,when-possible:20000
            end of the request      | set:n=#
            end, with a body        | set:n=#,write:10
            complete, other thread  | async,thread,set:n=#,write:10,complete
            flush, other thread     | async,thread,set:n=#,write:10,flush,complete
            async dispatch          | async,dispatch,set:n=#,write:10
            changed, not set        | add:list=#,flush-buffer
            """)
    void whoHasReadTheFirstByteFindsTheChangeOnTheOtherNode(String path, String steps) {
        ProbeNode owner = probes.first();
        String session = TwoProbes.session(TwoProbes.ask(owner, "", "create,set-list:list"), "");
        for (int i = 1; i <= TIMES; i++) {
            ProbeNode other = probes.other(owner);
            String asked = session;
            List<Exchanged> seen = new ArrayList<>();
            TwoProbes.ask(
                    owner,
                    session,
                    steps.replace("#", Integer.toString(i)),
                    () -> seen.add(TwoProbes.ask(other, asked, "state")));

            String change = steps.contains("add:") ? (i == 1 ? "list=[1" : ", " + i + "]") : "n=" + i + "}";
            assertThat(seen)
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.body())
                            .as("time %s of %s", asked, path)
                            .contains(change));
            session = TwoProbes.session(seen.get(0), session);
            owner = other; // it has adopted the session
        }
    }
}
