// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Where everything is
/// @notice The one address a client is configured with: it names the contracts of one deployment.
/// @dev A new version of the contracts is a new deployment with a directory of its own, which names the
/// one before it; readers follow both.
interface IDirectory {
    /// @notice The version of the protocol that these contracts speak.
    /// @return 1.
    function protocolVersion() external view returns (uint16);

    /// @notice The block to start reading from: no event of this deployment is older.
    /// @return The block's number.
    function firstBlock() external view returns (uint64);

    /// @notice Who holds which role.
    /// @return The access manager's address.
    function accessManager() external view returns (address);

    /// @notice Who may issue what.
    /// @return The agency registry's address.
    function agencyRegistry() external view returns (address);

    /// @notice What certificates there are.
    /// @return The certificate catalogue's address.
    function certificateCatalog() external view returns (address);

    /// @notice Which batches exist.
    /// @return The batch log's address.
    function batchAnchor() external view returns (address);

    /// @notice What has ended.
    /// @return The status registry's address.
    function statusRegistry() external view returns (address);

    /// @notice Which region accepts which certificates.
    /// @return The recognition policy's address.
    function recognitionPolicy() external view returns (address);

    /// @notice The directory of the version before this one.
    /// @return Its address; 0 when this is the first.
    function predecessor() external view returns (address);
}
