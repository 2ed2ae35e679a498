package dev.adit.nativetests;

class NamespacesTest {}
