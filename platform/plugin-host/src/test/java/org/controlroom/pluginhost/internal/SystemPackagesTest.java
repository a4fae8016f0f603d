package org.controlroom.pluginhost.internal;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Descriptors.PackageRef;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.util.TreeMap;
import java.util.jar.Manifest;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.log.LogService;
import org.osgi.util.promise.Promise;

class SystemPackagesTest {

    /** The framework must say of the SPI what the plugins' build tool read from its package-info files. */
    @Test
    void everyPackageOfTheSpiIsOfferedWithItsOwnVersion() throws Exception {
        try (Analyzer analyzer = new Analyzer()) {
            analyzer.setJar(location(Product.class));
            analyzer.setProperty("Bundle-SymbolicName", "spi");
            analyzer.setProperty("Export-Package", "org.controlroom.spi.*");
            analyzer.calcManifest();
            TreeMap<String, String> found = new TreeMap<>();
            for (PackageRef exported : analyzer.getExports().keySet()) {
                found.put(exported.getFQN(), analyzer.getExports().get(exported).getVersion());
            }
            assertThat(found).isNotEmpty();
            TreeMap<String, String> offered = new TreeMap<>(SystemPackages.versions());
            offered.keySet().removeIf(name -> !name.startsWith("org.controlroom.spi"));
            assertThat(offered).isEqualTo(found);
        }
    }

    @Test
    void osgiPackagesAreOfferedInTheVersionThatLiesBesideTheFramework() throws Exception {
        for (Class<?> type :
                new Class<?>[] {ConfigurationAdmin.class, ComponentContext.class, LogService.class, Promise.class}) {
            try (Jar jar = new Jar(location(type))) {
                Manifest manifest = jar.getManifest();
                aQute.bnd.header.Parameters exports = new aQute.bnd.header.Parameters(
                        manifest.getMainAttributes().getValue("Export-Package"));
                SystemPackages.versions().forEach((name, version) -> {
                    if (exports.containsKey(name)) {
                        assertThat(new aQute.bnd.version.Version(version))
                                .as(name)
                                .isEqualTo(new aQute.bnd.version.Version(
                                        exports.get(name).getVersion()));
                    }
                });
            }
        }
    }

    private static File location(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
