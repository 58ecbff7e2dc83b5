"""What a good colleague would say of content that can be published: pure rules, each with a code that site.yaml can
make an error, a warning or nothing."""
