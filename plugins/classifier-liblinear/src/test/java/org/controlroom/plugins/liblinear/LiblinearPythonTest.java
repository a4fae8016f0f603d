package org.controlroom.plugins.liblinear;

import java.util.Map;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.Settings;
import org.controlroom.testkit.PluginSettings;
import org.controlroom.testkit.PythonContract;

class LiblinearPythonTest extends PythonContract {

    @Override
    protected BringsPython component() {
        return new LiblinearTrainer();
    }

    @Override
    protected Settings settings() {
        return PluginSettings.schemaOf(LiblinearSettings.class)
                .complete("classifier-liblinear", Map.of("naiveBayesPower", "0.5"));
    }
}
