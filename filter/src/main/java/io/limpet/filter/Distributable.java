package io.limpet.filter;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Whether an application says of itself that its sessions may live on several nodes (Jakarta Servlet 6.0 §7.7.2). No
 * method of the Servlet API tells, so its {@code web.xml} is read.
 */
final class Distributable {

    private static final Logger LOG = System.getLogger(Distributable.class.getName());
    private static final String WEB_XML = "/WEB-INF/web.xml";

    private Distributable() {}

    /** Failover is the operator's decision and runs all the same, but the application's author is told. */
    static void warnUnlessDeclared(ServletContext context) {
        try (InputStream webXml = context.getResourceAsStream(WEB_XML)) {
            if (webXml == null || !isDeclared(webXml)) {
                LOG.log(
                        Level.WARNING,
                        "failover=true, but the application does not say that its sessions may live on several nodes;"
                                + " check that all session attributes are serializable, then add <distributable/> to "
                                + WEB_XML + ", below <web-app>");
            }
        } catch (IOException | XMLStreamException e) {
            LOG.log(Level.DEBUG, "whether the application is distributable cannot be read", e);
        }
    }

    /** Whether the root element has a child {@code <distributable/>}. */
    static boolean isDeclared(InputStream webXml) throws XMLStreamException {
        // the JDK's own: a parser in WEB-INF/lib may know other properties
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(webXml);
        try {
            int depth = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    depth++;
                    if (depth == 2 && reader.getLocalName().equals("distributable")) {
                        return true;
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
            return false;
        } finally {
            reader.close();
        }
    }
}
