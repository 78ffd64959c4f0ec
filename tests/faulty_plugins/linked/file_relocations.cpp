// An address in code that must be changed wherever the library is loaded.
asm(".pushsection .text\n"
    ".balign 8\n"
    ".quad hezar_plugin_register_v1\n"
    ".popsection\n");
