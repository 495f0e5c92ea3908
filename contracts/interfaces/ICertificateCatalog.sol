// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title What certificates there are (证照目录)
/// @notice Keeps certificate types and their schema versions: the hash of each schema, its names, and
/// the claims that are always disclosed.
/// @dev A type's code is 21 ASCII characters: the unified social credit code of the authority that
/// defines it (GB 32100, 18 characters) and three digits. Every change is made by an authority over the
/// type's region; anyone else is refused with RegionalAuthorityRequired. Each event carries `basis`, the
/// document it rests on, `by`, the account that made the change, and `sequence`, which counts this
/// contract's events from 1 without gaps.
interface ICertificateCatalog {
    /// @notice What a defining authority publishes of one schema version.
    /// @param schemaHash The hash of the schema's text.
    /// @param name The type's name, in Chinese.
    /// @param nameEn The type's name, in English.
    /// @param alwaysDisclosed The names of the claims that are shown whenever a certificate is.
    /// @param validity The rule for how long a certificate is valid.
    /// @param effectiveFrom When this version takes effect in law.
    /// @param uri Where the schema's text is found.
    struct Publication {
        bytes32 schemaHash;
        string name;
        string nameEn;
        string[] alwaysDisclosed;
        string validity;
        uint64 effectiveFrom;
        string uri;
    }

    /// @notice One of several schema versions to publish at once.
    /// @param certificateType The type's code.
    /// @param region The region that the type is defined for; 0: the whole country.
    /// @param publication What is published of the schema.
    /// @param basis The document this rests on.
    struct Order {
        bytes21 certificateType;
        uint24 region;
        Publication publication;
        string basis;
    }

    /// @notice A type as it stands now.
    /// @param number Its number, from 1; 0 when it is unknown.
    /// @param region The region that it is defined for; 0: the whole country.
    /// @param latestVersion The number of its latest schema version.
    /// @param retired Whether it has been retired.
    struct CertificateType {
        uint32 number;
        uint24 region;
        uint16 latestVersion;
        bool retired;
    }

    /// @notice A schema version of a type was published; version 1 also creates the type.
    /// @param certificateType The type's code.
    /// @param region The region that it is defined for; 0: the whole country.
    /// @param version The version's number, from 1 without gaps.
    /// @param number The type's number in this catalogue.
    /// @param schemaHash The hash of the schema's text.
    /// @param name The type's name, in Chinese.
    /// @param nameEn The type's name, in English.
    /// @param alwaysDisclosed The names of the claims that are shown whenever a certificate is.
    /// @param validity The rule for how long a certificate is valid.
    /// @param effectiveFrom When this version takes effect in law.
    /// @param uri Where the schema's text is found.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event TypePublished(
        bytes21 indexed certificateType,
        uint24 indexed region,
        uint16 version,
        uint32 number,
        bytes32 schemaHash,
        string name,
        string nameEn,
        string[] alwaysDisclosed,
        string validity,
        uint64 effectiveFrom,
        string uri,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice No new entitlement to this type will be granted.
    /// @param certificateType The type's code.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event TypeRetired(bytes21 indexed certificateType, string basis, address by, uint64 sequence);

    /// @notice The code is no type's: it must be a unified social credit code and three digits.
    /// @param certificateType The code.
    error CertificateCatalogMalformedType(bytes21 certificateType);

    /// @notice The number has not the form of a region code.
    /// @param region The number.
    error CertificateCatalogInvalidRegion(uint24 region);

    /// @notice The type is not in the catalogue.
    /// @param certificateType The type's code.
    error CertificateCatalogUnknownType(bytes21 certificateType);

    /// @notice The type has been retired.
    /// @param certificateType The type's code.
    error CertificateCatalogRetiredType(bytes21 certificateType);

    /// @notice The type is defined for another region, since its first version.
    /// @param certificateType The type's code.
    /// @param region The region that it is defined for.
    error CertificateCatalogOtherRegion(bytes21 certificateType, uint24 region);

    /// @notice The list of versions to publish is empty.
    error CertificateCatalogNothingToPublish();

    /// @notice Publishes the next schema version of a type: the national authority for a national type
    /// (region 0), a region's authority for a local one.
    /// @param certificateType The type's code.
    /// @param region The region that it is defined for; 0: the whole country.
    /// @param publication What is published of the schema.
    /// @param basis The document this rests on.
    /// @return version The version's number.
    function publishType(
        bytes21 certificateType,
        uint24 region,
        Publication calldata publication,
        string calldata basis
    ) external returns (uint16 version);

    /// @notice Publishes several schema versions in one transaction, each as publishType does: all of them
    /// or none.
    /// @param orders The versions, in the order they are published.
    function publishTypes(Order[] calldata orders) external;

    /// @notice Retires a type: it gets no new versions, and no agency a new entitlement to it.
    /// @dev Entitlements that were granted run on until they end.
    /// @param certificateType The type's code.
    /// @param basis The document this rests on.
    function retireType(bytes21 certificateType, string calldata basis) external;

    /// @notice A type as it stands now.
    /// @param certificateType The type's code.
    /// @return All zero when it is unknown.
    function typeOf(bytes21 certificateType) external view returns (CertificateType memory);

    /// @notice The code of the type with this number; numbers start at 1.
    /// @param number The number.
    /// @return 0 when there is no such type.
    function typeCodeOf(uint32 number) external view returns (bytes21);

    /// @notice The hash of a schema's text.
    /// @param certificateType The type's code.
    /// @param version The version's number.
    /// @return 0 when it was never published.
    function schemaHashOf(bytes21 certificateType, uint16 version) external view returns (bytes32);

    /// @notice How many changes this contract has recorded; the last event carries this number.
    /// @return The number of the last change.
    function sequence() external view returns (uint64);
}
