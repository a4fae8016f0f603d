package org.controlroom.plugins.majority;

import java.util.Map;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.Settings;
import org.controlroom.testkit.PluginSettings;
import org.controlroom.testkit.PythonContract;

class MajorityPythonTest extends PythonContract {

    @Override
    protected BringsPython component() {
        return new MajorityTrainer();
    }

    @Override
    protected Settings settings() {
        return PluginSettings.schemaOf(MajoritySettings.class).complete("example-majority", Map.of());
    }
}
