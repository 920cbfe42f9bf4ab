package io.github.telcochurn.deploy;

import io.github.telcochurn.TestProject;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What {@code pom.xml} says. */
final class Pom {
    private final Document pom;

    Pom() throws Exception {
        pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(TestProject.ROOT.resolve("pom.xml").toFile());
    }

    String version() throws XPathExpressionException {
        return text("/project/version");
    }

    /**
     * A property.
     *
     * @param name such as {@code kafka.version}
     */
    String property(String name) throws XPathExpressionException {
        return text("/project/properties/*[local-name()='" + name + "']");
    }

    /** The image that is built, with its tag. */
    String image() throws XPathExpressionException {
        return text(jib("to/image")).replace("${project.version}", version());
    }

    /** The folder of the program inside the image. */
    String imageHome() throws XPathExpressionException {
        return text(jib("container/appRoot"));
    }

    /** What the image gives the JVM. */
    List<String> imageJvmFlags() throws XPathExpressionException {
        return texts(jib("container/jvmFlags/jvmFlag"));
    }

    /** The folders of the checkout that go into the image. */
    List<String> imageSources() throws XPathExpressionException {
        return texts(jib("extraDirectories/paths/path/from"));
    }

    /** The folders of the image that its user may write. */
    List<String> imageWritableFolders() throws XPathExpressionException {
        return texts(jib("extraDirectories/permissions/permission[mode='775']/file"));
    }

    private List<String> texts(String path) throws XPathExpressionException {
        NodeList found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> found.item(index).getTextContent().strip())
                .toList();
    }

    private static String jib(String setting) {
        return "/project/build/plugins/plugin[artifactId='jib-maven-plugin']/configuration/" + setting;
    }

    private String text(String path) throws XPathExpressionException {
        return XPathFactory.newInstance().newXPath().evaluate(path, pom).strip();
    }
}
