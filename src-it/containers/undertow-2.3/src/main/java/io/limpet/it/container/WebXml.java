package io.limpet.it.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The elements of a deployment descriptor by their names; what they mean is for {@link Deployment} to say. */
final class WebXml {

    private final Element element;

    private WebXml(Element element) {
        this.element = element;
    }

    static WebXml read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            // a descriptor names its schema on the web; nothing is fetched
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            return new WebXml(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is no deployment descriptor", e);
        }
    }

    /** The child elements of that name, in their order. */
    List<WebXml> all(String name) {
        List<WebXml> found = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                found.add(new WebXml(child));
            }
        }
        return found;
    }

    Optional<WebXml> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The texts of the child elements of that name. */
    List<String> texts(String name) {
        return all(name).stream().map(WebXml::text).toList();
    }

    Optional<String> find(String name) {
        return texts(name).stream().findFirst();
    }

    /** @throws IllegalStateException when there is none */
    String text(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("<" + element.getTagName() + "> has no <" + name + ">"));
    }

    private String text() {
        return element.getTextContent().strip();
    }
}
