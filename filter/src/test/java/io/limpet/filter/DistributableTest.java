package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributableTest {

    private static boolean isDeclared(String webXml) throws XMLStreamException {
        return Distributable.isDeclared(new ByteArrayInputStream(webXml.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\"><display-name>a</display-name><distributable/></web-app>",
                "<?xml version=\"1.0\"?><!-- <x> --><j:web-app xmlns:j=\"urn:j\"><j:distributable></j:distributable></j:web-app>",
                "<!DOCTYPE web-app PUBLIC \"-//Sun//DTD 2.3//EN\" \"http://127.0.0.1:1/web-app_2_3.dtd\"><web-app><distributable/></web-app>"
            })
    void anApplicationDeclaresItselfDistributable(String webXml) throws XMLStreamException {
        assertThat(isDeclared(webXml)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<web-app/>",
                "<web-app><!--<distributable/>--></web-app>",
                "<web-app><servlet><distributable/></servlet></web-app>",
                "<web-app><filter></filter><display-name>distributable</display-name></web-app>"
            })
    void anotherDoesNot(String webXml) throws XMLStreamException {
        assertThat(isDeclared(webXml)).isFalse();
    }

    // expanded, the entity would be an element
    @Test
    void entitiesAreNotExpanded() {
        String webXml = "<!DOCTYPE web-app [<!ENTITY e \"<distributable/>\">]><web-app>&e;</web-app>";
        try {
            assertThat(isDeclared(webXml)).isFalse();
        } catch (XMLStreamException e) {
            assertThat(e).hasMessageContaining("\"e\"");
        }
    }
}
