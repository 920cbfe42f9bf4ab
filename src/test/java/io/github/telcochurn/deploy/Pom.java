package io.github.telcochurn.deploy;

import io.github.telcochurn.TestProject;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

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

    private static String jib(String setting) {
        return "/project/build/plugins/plugin[artifactId='jib-maven-plugin']/configuration/" + setting;
    }

    private String text(String path) throws XPathExpressionException {
        return XPathFactory.newInstance().newXPath().evaluate(path, pom).strip();
    }
}
