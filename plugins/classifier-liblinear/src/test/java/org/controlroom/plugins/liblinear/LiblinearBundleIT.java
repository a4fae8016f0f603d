package org.controlroom.plugins.liblinear;

import org.controlroom.testkit.BundleContract;

class LiblinearBundleIT extends BundleContract {

    @Override
    protected String pluginId() {
        return "classifier-liblinear";
    }
}
