"""Sign-in for applications by OpenID Connect: who gets in, what an application is told, and the library's pages."""
