package io.limpet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

    @TempDir
    private Path target;

    @Test
    void anArchiveIsUnpackedWithItsFolders() throws IOException {
        Folder.unzip(archive("WEB-INF/lib/a.jar"), target.resolve("shop"));

        assertThat(target.resolve("shop/WEB-INF/lib/a.jar")).hasContent("content");
    }

    @Test
    void nothingIsWrittenOutsideOfTheFolder() {
        assertThatThrownBy(() -> Folder.unzip(archive("../outside"), target.resolve("shop")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("../outside");
        assertThat(target.resolve("outside")).doesNotExist();
    }

    private static InputStream archive(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write("content".getBytes(StandardCharsets.UTF_8));
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
