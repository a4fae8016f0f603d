package org.controlroom.plugins.hashing;

import org.controlroom.testkit.BundleContract;

class HashingBundleIT extends BundleContract {

    @Override
    protected String pluginId() {
        return "extractor-hashing";
    }
}
