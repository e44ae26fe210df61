package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.Work;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class GuardedInputTest {

    private final ServletInputStream container = mock(ServletInputStream.class);

    @Test
    void aBlockingReadIntoABufferAsksNobodyWhetherThereIsAnything() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(10);
        when(container.isReady()).thenReturn(false); // as Jetty says while a packet is on its way
        when(container.read(buffer)).thenReturn(-1);
        assertThat(new GuardedInput(container, Work.NONE).read(buffer)).isEqualTo(-1);
    }
}
