package org.controlroom.plugins.majority;

import org.controlroom.testkit.BundleContract;

class MajorityBundleIT extends BundleContract {

    @Override
    protected String pluginId() {
        return "example-majority";
    }
}
