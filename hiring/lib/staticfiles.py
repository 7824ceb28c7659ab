"""Static files under hashed names, our ES modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as Hashed


class HashedModulesStorage(Hashed):  # type: ignore[misc]  # whitenoise has no types
    """Rewrites the imports between our modules too, so that a page never mixes two releases' scripts.

    Two modules must not name each other, not even in a JSDoc comment: their hashes would never settle.
    """

    support_js_module_import_aggregation = True
    # Ours only: scripts of packages may import what a bundler would have resolved.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        Hashed._js_module_import_aggregation_patterns[1],  # noqa: SLF001 (Django offers the switch, not the scope)
    )
