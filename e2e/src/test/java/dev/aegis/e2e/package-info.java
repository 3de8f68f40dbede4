/** Tests from outside: of the running system over HTTP and SQL, and of the rules that the modules keep. */
@NullMarked
package dev.aegis.e2e;

import org.jspecify.annotations.NullMarked;
