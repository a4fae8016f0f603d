package org.controlroom.plugins.tfidf;

import org.controlroom.testkit.BundleContract;

class TfidfBundleIT extends BundleContract {

    @Override
    protected String pluginId() {
        return "extractor-tfidf";
    }
}
