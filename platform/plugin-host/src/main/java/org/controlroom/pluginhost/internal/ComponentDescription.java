package org.controlroom.pluginhost.internal;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.RawTextClassifierFactory;
import org.controlroom.spi.drift.DriftDetector;
import org.controlroom.spi.feature.FeatureExtractorFactory;

/**
 * The part of a Declarative Services document that makes a bundle a plugin.
 *
 * @param name component name
 * @param pluginId value of the property that {@link org.controlroom.spi.PluginInfo} sets; empty when it has none
 * @param interfaces provided service interfaces
 */
record ComponentDescription(String name, String pluginId, List<String> interfaces) {

    static final String ID_PROPERTY = "controlroom.plugin.id";

    /** SPI interface to kind of plugin. */
    static final Map<String, String> KINDS = Map.of(
            FeatureExtractorFactory.class.getName(), "extractor",
            ClassifierTrainer.class.getName(), "classifier",
            RawTextClassifierFactory.class.getName(), "text-classifier",
            DriftDetector.class.getName(), "drift");

    /** Kind of plugin, empty unless exactly one SPI interface is provided. */
    String kind() {
        List<String> kinds = interfaces.stream()
                .filter(KINDS::containsKey)
                .map(KINDS::get)
                .distinct()
                .toList();
        return kinds.size() == 1 ? kinds.get(0) : "";
    }

    static ComponentDescription read(InputStream xml) {
        String name = "";
        String id = "";
        List<String> interfaces = new ArrayList<>();
        try {
            XMLStreamReader reader = reader(xml);
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (reader.getLocalName()) {
                    case "component" -> name = attribute(reader, "name");
                    case "provide" -> interfaces.add(attribute(reader, "interface"));
                    case "property" -> {
                        if (attribute(reader, "name").equals(ID_PROPERTY)) {
                            id = attribute(reader, "value");
                        }
                    }
                    default -> {
                        // the rest is the component runtime's business
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new ControlRoomException(ErrorCode.PLUGIN_INVALID, "component: " + e.getMessage(), e);
        }
        return new ComponentDescription(name, id, List.copyOf(interfaces));
    }

    private static XMLStreamReader reader(InputStream xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(xml);
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
