package org.controlroom.sample;

/** The languages of the listings, the commonest first. */
enum Language {
    FR,
    EN,
    DE
}
